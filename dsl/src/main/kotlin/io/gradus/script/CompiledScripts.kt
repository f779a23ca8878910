package io.gradus.script

import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.security.MessageDigest
import java.util.HexFormat

/**
 * Compiled scripts, kept in a folder of the user and found by the script's text and the class path.
 *
 * A hit never loads the Kotlin compiler; a miss runs it in a process of its own.
 */
internal class CompiledScripts(
    private val folder: Path,
    private val classPath: String,
    private val compilerClassPath: String,
) {
    /** The jar that holds the compiled script, or what the compiler has against it. */
    fun find(script: File): Result {
        val jar = folder.resolve(key(script) + ".jar")
        if (Files.exists(jar)) return Result.Compiled(jar)
        Files.createDirectories(folder)
        val fresh = folder.resolve("${jar.fileName}.${ProcessHandle.current().pid()}.jar")
        try {
            val process =
                ProcessBuilder(command(script, fresh))
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(File(NULL_DEVICE)))
                    .start()
            val output = process.inputStream.bufferedReader().readText()
            if (process.waitFor() != 0 || !Files.exists(fresh)) return Result.Rejected(output)
            Files.move(fresh, jar, ATOMIC_MOVE, REPLACE_EXISTING)
            return Result.Compiled(jar)
        } finally {
            Files.deleteIfExists(fresh)
        }
    }

    private fun key(script: File): String {
        val digest = MessageDigest.getInstance("SHA-256")
        digest.update("${script.name}\n${Runtime.version()}\n".toByteArray())
        for (entry in classPath.split(File.pathSeparator).map(::File)) {
            digest.update("$entry ${entry.length()} ${entry.lastModified()}\n".toByteArray())
        }
        digest.update(script.readBytes())
        return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES)
    }

    private fun command(script: File, jar: Path): List<String> = buildList {
        add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        // A short life: the first compiler tier and the simplest collector start fastest.
        addAll(listOf("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"))
        addAll(
            listOf(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
            ),
        )
        addAll(listOf("-cp", compilerClassPath, "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"))
        addAll(listOf("-no-stdlib", "-no-reflect", "-jvm-target", "25"))
        addAll(listOf("-jdk-home", System.getProperty("java.home")))
        // Not -script-templates, which this compiler takes and does not heed.
        addAll(
            listOf(
                "-P",
                "plugin:kotlin.scripting:script-templates=${GradusScript::class.java.name}",
            ),
        )
        addAll(listOf("-cp", classPath, "-nowarn", script.path, "-d", jar.toString()))
    }

    /** What became of a script. */
    sealed interface Result {
        /** Ready to run. */
        data class Compiled(val jar: Path) : Result

        /** Not a valid script: the compiler's words. */
        data class Rejected(val compilerOutput: String) : Result
    }

    companion object {
        private const val KEY_BYTES = 16
        private val NULL_DEVICE = if (File.separatorChar == '\\') "NUL" else "/dev/null"

        /** Where the user's cache is: `GRADUS_CACHE`, `XDG_CACHE_HOME/gradus` or `~/.cache/gradus`. */
        fun userFolder(environment: Map<String, String> = System.getenv()): Path {
            val root =
                environment["GRADUS_CACHE"]
                    ?: environment["XDG_CACHE_HOME"]?.plus("/gradus")
                    ?: (System.getProperty("user.home") + "/.cache/gradus")
            return Path.of(root).toAbsolutePath().resolve("scripts")
        }
    }
}
