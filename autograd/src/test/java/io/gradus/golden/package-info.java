/**
 * PyTorch's answers as tests: reading the files, calling our operations by PyTorch's names, and
 * comparing.
 */
@NullMarked
package io.gradus.golden;

import org.jspecify.annotations.NullMarked;
