' Types into workbooks as a person does, cell by cell, in LibreOffice. For tests only.
' The list is UTF-8 text, one order a line, tab between the words:
'   open path | type sheet cell text | save filter path | close
Sub Main(list As String)
  Dim files, stream, words, doc, cell, fill(0) As New com.sun.star.beans.PropertyValue, how(0) As New com.sun.star.beans.PropertyValue
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  stream = createUnoService("com.sun.star.io.TextInputStream")
  stream.setInputStream(files.openFileRead(ConvertToURL(list)))
  stream.setEncoding("UTF-8")
  fill(0).Name = "Hidden"
  fill(0).Value = True
  Do While Not stream.isEOF()
    words = Split(stream.readLine(), Chr(9))
    If words(0) = "open" Then
      doc = StarDesktop.loadComponentFromURL(ConvertToURL(words(1)), "_blank", 0, fill())
    ElseIf words(0) = "type" Then
      cell = doc.Sheets.getByName(words(1)).getCellRangeByName(words(2))
      cell.FormulaLocal = words(3)
    ElseIf words(0) = "save" Then
      how(0).Name = "FilterName"
      how(0).Value = words(1)
      doc.storeToURL(ConvertToURL(words(2)), how())
    ElseIf words(0) = "close" Then
      doc.close(True)
    End If
  Loop
  stream.closeInput()
  StarDesktop.terminate()
End Sub
