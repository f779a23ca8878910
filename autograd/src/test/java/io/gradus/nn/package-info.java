/** Tests of modules, losses and initialisers. */
@NullMarked
package io.gradus.nn;

import org.jspecify.annotations.NullMarked;
