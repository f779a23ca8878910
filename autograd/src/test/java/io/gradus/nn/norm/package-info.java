/** Tests of normalisations beyond what the golden cases show. */
@NullMarked
package io.gradus.nn.norm;

import org.jspecify.annotations.NullMarked;
