"""Layers, losses and optimizers in NumPy, as lessons 01 to 03 derive them; each gives the same numbers as Keras.

They are for reading: every function is short, and its docstring says where it is taught.  Pictures are arrays (n, h, w,
channels), as in Keras.  A function and its ``_backward`` or ``_gradient`` belong together: the second takes the
gradient of the loss with respect to what the first returned, and gives that with respect to what the first took.
"""
