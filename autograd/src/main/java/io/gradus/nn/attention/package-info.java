/**
 * Attention of several heads, and the layers of transformers made of it: PyTorch's names and
 * numerics. What attention computes is in {@link io.gradus.nn.MultiHead}.
 */
@NullMarked
package io.gradus.nn.attention;

import org.jspecify.annotations.NullMarked;
