"""What editors have changed: choices in Excel, sections written in Word.

The chapters of the templates become one list of `sections`. What a person wrote (`manuscript`) is
`rewritten` into it: each section's pieces become blocks (`written`, `owntables`) with their words
`filled` in, and `placement` looks whether the report still holds together. Then the `choices` go
over the same list."""
