"""The story in order, and the only room that knows the folders inputs/ and outputs/."""
