/**
 * Files of tensors: NumPy's, safetensors, PyTorch's, checkpoints.
 *
 * <p>Readers and writers of formats belong here, data sets do not (see {@code io.gradus.data}). All
 * input is taken for hostile: sizes are checked against the file and against {@link
 * io.gradus.io.Limits} before memory is allocated, and whatever is malformed is a {@code
 * FormatException} that names the file and the place. Writes go to a temporary file that replaces
 * the old one when it is complete.
 */
@NullMarked
package io.gradus.io;

import org.jspecify.annotations.NullMarked;
