"""What editors have changed: choices in Excel, sections written in Word."""
