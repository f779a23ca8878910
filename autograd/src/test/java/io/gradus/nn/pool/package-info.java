/** Tests of layers that pool beyond what the golden cases show. */
@NullMarked
package io.gradus.nn.pool;

import org.jspecify.annotations.NullMarked;
