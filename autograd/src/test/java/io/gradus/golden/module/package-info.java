/** How PyTorch's modules are made and called here, for the golden cases of {@code torch.nn}. */
@NullMarked
package io.gradus.golden.module;

import org.jspecify.annotations.NullMarked;
