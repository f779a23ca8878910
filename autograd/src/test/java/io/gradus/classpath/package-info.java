/** Programs started in a JVM of their own, with chosen jars on the class path. */
@NullMarked
package io.gradus.classpath;

import org.jspecify.annotations.NullMarked;
