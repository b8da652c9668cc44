"""Code that the lessons of the face recognition course share."""
