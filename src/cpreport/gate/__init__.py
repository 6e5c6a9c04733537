"""What everyone needs of a finished document, found in the file itself."""
