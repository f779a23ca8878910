/** Tests of activations beyond what the golden cases show. */
@NullMarked
package io.gradus.nn.activation;

import org.jspecify.annotations.NullMarked;
