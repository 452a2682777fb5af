"""`underlag.xlsx`: every number of the report's tables as a formula over the counties' rows."""
