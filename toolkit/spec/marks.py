"""The hidden keys by which a workbook is recognised, whatever has been moved or renamed in it, and
other names that are the program's own."""

WORKBOOK = "arbetsbok.yaml"  # the file of templates/YEAR that describes the year's workbook
MARK = "lr:"  # column A of a table's hidden key row holds `lr:<table>`
VALUE_MARK = "lr:value"  # stands in a form's key row above the answers
STATUS_MARK = "lr:status"  # stands in a key row above the words on what a row lacks
STATUS_NAME = "rad_"  # the formula of a row's status is this and the table: `rad_mal`
HIDDEN_SHEET = "_lansrapport"  # holds year, version and county
FEEDBACK_SHEET = "Återkoppling"  # first sheet of a marked return
OWN_FEEDBACK_SHEET = "Återkoppling (er)"  # what a county's own sheet of that name is called then
TRAIL_MARK = "lr:led"  # on the feedback sheet, before the files that the marked one was made from
SIGN_OFF_MARK = "lr:godkand"  # on the feedback sheet, before the prints of what was approved
WORDS_MARK = "lr:ord"  # on the feedback sheet, before the prints of all that we say on it
YEAR, VERSION, COUNTY = "year", "version", "county"
NOTE_HEADLINE = (
    "— Länsrapport —"  # begins our text in a note, which may stand below the county's own
)
NOTE_END = "— Svara på bladet Återkoppling, inte här. —"  # ends our text in a note
PROVENANCE = ("lan", "lansnamn", "fil", "blad", "rad")
"""The columns that stand before a table's own in the merged workbook and in the CSV files."""

SPECIAL_ANSWERS = {"unknown": "u.s.", "not_applicable": "e.t."}
"""How uppgift saknas and ej tillämpligt are written in a cell, by the keys of the spec."""
SPECIAL_WRITINGS = {
    "unknown": frozenset({"u.s.", "u.s", "us", "uppgift saknas"}),
    "not_applicable": frozenset({"e.t.", "e.t", "et", "ej tillämpligt", "ej tillämplig"}),
}
"""What is read as these, however cased and spaced. No code can be written so."""
