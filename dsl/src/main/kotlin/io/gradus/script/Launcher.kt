package io.gradus.script

import java.io.File
import java.lang.foreign.FunctionDescriptor
import java.lang.foreign.Linker
import java.lang.foreign.ValueLayout
import java.lang.reflect.InvocationTargetException
import java.net.URLClassLoader
import java.nio.file.Path
import java.util.jar.JarFile
import kotlin.system.exitProcess

/** `./gradus run FILE.gradus.kts [ARGS]`: compiles the script, or finds it compiled, and runs it. */
internal object Launcher {
    private const val EXIT_FAILED = 1
    private const val EXIT_USAGE = 64
    private const val EXIT_REJECTED = 65
    private const val EXIT_NO_SCRIPT = 66
    private const val EXIT_NO_COMPILER = 70

    @JvmStatic
    fun main(arguments: Array<String>) {
        System.getProperty("gradus.stderr")?.let { restoreErrors(it.toInt()) }
        val path =
            arguments.firstOrNull() ?: fail("usage: gradus run FILE.gradus.kts [ARGS]", EXIT_USAGE)
        val script = File(path)
        if (!script.isFile) fail("gradus: no such script: $path", EXIT_NO_SCRIPT)
        if (!path.endsWith(
                ".gradus.kts",
            )
        ) {
            fail("gradus: a script's name ends in .gradus.kts: $path", EXIT_USAGE)
        }
        val compiler =
            System.getProperty("gradus.compiler.classpath")
                ?: fail(
                    "gradus: no Kotlin compiler: start scripts through ./gradus run",
                    EXIT_NO_COMPILER,
                )
        val scripts =
            CompiledScripts(
                CompiledScripts.userFolder(),
                System.getProperty("java.class.path"),
                compiler,
            )
        val report = ScriptReport(path, script.readLines())
        when (val result = scripts.find(script)) {
            is CompiledScripts.Result.Rejected -> fail(
                report.compilation(result.compilerOutput),
                EXIT_REJECTED,
            )

            is CompiledScripts.Result.Compiled -> run(
                result.jar,
                arguments.copyOfRange(1, arguments.size),
                report,
            )
        }
    }

    private fun run(jar: Path, arguments: Array<String>, report: ScriptReport) {
        val loader = URLClassLoader(arrayOf(jar.toUri().toURL()), Launcher::class.java.classLoader)
        Thread.currentThread().contextClassLoader = loader
        try {
            loader.loadClass(
                scriptClass(jar),
            ).getConstructor(Array<String>::class.java).newInstance(arguments)
        } catch (e: InvocationTargetException) {
            System.out.flush()
            if (System.getenv("GRADUS_TRACE") != null) e.targetException.printStackTrace()
            fail(report.failure(e.targetException), EXIT_FAILED)
        }
    }

    /**
     * Points file descriptor 2 to where [saved] points.
     *
     * The JVM's line about incubator modules cannot be switched off, so `./gradus` starts it with its errors
     * going nowhere, and the real ones under another number.
     */
    private fun restoreErrors(saved: Int) {
        val linker = Linker.nativeLinker()
        val dup2 =
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup2"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                ),
            )
        dup2.invokeWithArguments(saved, 2)
    }

    /** The one class of the jar that no other class of the script is nested in. */
    private fun scriptClass(jar: Path): String = JarFile(jar.toFile()).use { file ->
        file
            .entries()
            .asSequence()
            .map { it.name }
            .filter { it.endsWith(".class") }
            .minBy { it.length }
            .removeSuffix(".class")
            .replace('/', '.')
    }

    private fun fail(message: String, code: Int): Nothing {
        System.err.println(message)
        exitProcess(code)
    }
}
