"""Keep a benchmark on one processor core."""

import keras


def use_one_thread() -> None:
    """Let TensorFlow compute on one thread: networks as small as the course's gain nothing from two, and repeat better.

    Call it before anything is computed.  Two processes then share the work of a benchmark on two cores.
    """
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
