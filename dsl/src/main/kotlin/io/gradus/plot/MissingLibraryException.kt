package io.gradus.plot

import io.gradus.tensor.error.TensorException

/** A picture was asked for, and what draws it is not on the class path. */
public class MissingLibraryException internal constructor(message: String, cause: Throwable) :
    TensorException(message, cause)
