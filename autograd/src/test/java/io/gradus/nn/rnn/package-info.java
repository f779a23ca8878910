/** Tests of recurrent networks and packed sequences beyond what the golden cases show. */
@NullMarked
package io.gradus.nn.rnn;

import org.jspecify.annotations.NullMarked;
