"""Layers of a convolutional network, forward and backward, as lesson 01 derives them.

A layer's ``..._backward`` takes the gradient of the loss with respect to the layer's output, and what the layer was
given; it returns the gradients with respect to the layer's input and weights, in the order in which the layer takes
them.

===============  =======================================================================================
module           holds
===============  =======================================================================================
``windows``      how many positions a window has, what is put around a picture, how far a number sees
``convolution``  the convolution, slowly and fast, and its numbers of weights and products
``pooling``      the largest and the average value under a window, and the average of a whole map
``units``        ReLU, flattening, dense layers, softmax
``dtypes``       the types in which they compute
===============  =======================================================================================
"""

from course_utils.from_scratch.layers.convolution import (
    convolution_multiply_adds,
    convolution_parameters,
    convolve,
    convolve_backward,
    convolve_slowly,
)
from course_utils.from_scratch.layers.pooling import (
    average_pool,
    average_pool_backward,
    global_average_pool,
    global_average_pool_backward,
    max_pool,
    max_pool_backward,
)
from course_utils.from_scratch.layers.units import (
    dense,
    dense_backward,
    dense_parameters,
    flatten,
    flatten_backward,
    relu,
    relu_backward,
    softmax,
    softmax_backward,
)
from course_utils.from_scratch.layers.windows import PADDINGS, output_size, padding_sizes, receptive_field

__all__ = [
    "PADDINGS",
    "average_pool",
    "average_pool_backward",
    "convolution_multiply_adds",
    "convolution_parameters",
    "convolve",
    "convolve_backward",
    "convolve_slowly",
    "dense",
    "dense_backward",
    "dense_parameters",
    "flatten",
    "flatten_backward",
    "global_average_pool",
    "global_average_pool_backward",
    "max_pool",
    "max_pool_backward",
    "output_size",
    "padding_sizes",
    "receptive_field",
    "relu",
    "relu_backward",
    "softmax",
    "softmax_backward",
]
