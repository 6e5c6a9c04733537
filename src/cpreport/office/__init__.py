"""What every Office file has in common: archives, safe XML, one way of reading files."""
