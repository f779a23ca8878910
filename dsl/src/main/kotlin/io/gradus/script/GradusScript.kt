package io.gradus.script

import kotlin.script.experimental.annotations.KotlinScript
import kotlin.script.experimental.api.ScriptAcceptedLocation
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.acceptedLocations
import kotlin.script.experimental.api.compilerOptions
import kotlin.script.experimental.api.defaultImports
import kotlin.script.experimental.api.ide
import kotlin.script.experimental.jvm.dependenciesFromCurrentContext
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.jvmTarget

/** A script with Gradus imported: a file named `*.gradus.kts`, run by `./gradus run`. */
@KotlinScript(
    displayName = "Gradus script",
    fileExtension = "gradus.kts",
    compilationConfiguration = GradusScriptConfiguration::class,
)
public abstract class GradusScript(
    /** What follows the script's name on the command line. */
    public val args: Array<String>,
)

/** What every script sees without importing it. */
internal val DEFAULT_IMPORTS: List<String> =
    listOf(
        "io.gradus.*",
        "io.gradus.dsl.*",
        "io.gradus.nn.*",
        "io.gradus.nn.activation.*",
        "io.gradus.nn.attention.*",
        "io.gradus.nn.conv.*",
        "io.gradus.nn.image.*",
        "io.gradus.nn.loss.*",
        "io.gradus.nn.norm.*",
        "io.gradus.nn.pad.*",
        "io.gradus.nn.pool.*",
        "io.gradus.nn.rnn.*",
        "io.gradus.optim.*",
        "io.gradus.optim.schedule.*",
        "io.gradus.metrics.*",
        "io.gradus.train.*",
        "io.gradus.data.*",
        "io.gradus.data.transform.*",
        "io.gradus.plot.*",
        "io.gradus.profile.*",
        "io.gradus.graph.view.GraphView",
        "io.gradus.io.tensorboard.EventWriter",
        "io.gradus.io.*",
        "io.gradus.linalg.*",
        "io.gradus.random.*",
        "io.gradus.tensor.backend.Backends",
        "io.gradus.tensor.backend.Device",
        "io.gradus.tensor.dtype.DType",
        "io.gradus.tensor.dtype.DType.*",
        "java.nio.file.Path",
        "kotlin.math.*",
    )

/** Imports and class path of a [GradusScript]. */
public object GradusScriptConfiguration : ScriptCompilationConfiguration({
    defaultImports(*DEFAULT_IMPORTS.toTypedArray())
    jvm {
        // Whatever runs the script, launcher or IDE, has on its class path what the script may use.
        dependenciesFromCurrentContext(wholeClasspath = true)
        jvmTarget("25")
    }
    compilerOptions.append("-Xadd-modules=jdk.incubator.vector")
    ide { acceptedLocations(ScriptAcceptedLocation.Everywhere) }
}) {
    private fun readResolve(): Any = GradusScriptConfiguration
}
