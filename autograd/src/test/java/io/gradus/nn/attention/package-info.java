/** Tests of attention and transformers beyond what the golden cases show. */
@NullMarked
package io.gradus.nn.attention;

import org.jspecify.annotations.NullMarked;
