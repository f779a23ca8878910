/** PyTorch's operations by subject: their parameters, and ours where the form differs. */
@NullMarked
package io.gradus.golden.table;

import org.jspecify.annotations.NullMarked;
