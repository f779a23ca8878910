package io.gradus.script

import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import java.io.File

/** Runs scripts as ./gradus does, in a process of their own. */
class ScriptSpec :
    StringSpec({
        val folder = tempdir()
        val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")

        /** Exit status and what was printed. */
        fun run(name: String, text: String): Pair<Int, String> {
            val script = File(folder, "$name.gradus.kts")
            script.writeText(text)
            val process =
                ProcessBuilder(
                    "${System.getProperty("java.home")}/bin/java",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-Dgradus.compiler.classpath=$classPath",
                    "-cp",
                    classPath,
                    "io.gradus.script.Launcher",
                    script.path,
                    "5",
                ).redirectErrorStream(true)
                    .apply { environment()["GRADUS_CACHE"] = File(folder, "cache").path }
                    .start()
            val output = process.inputStream.bufferedReader().readText()
            return process.waitFor() to
                output.lines().filter { "incubator" !in it && it.isNotBlank() }.joinToString("\n")
        }

        "a script sees the library and its arguments, and a failure on the way names its line" {
            val (status, output) =
                run(
                    "shapes",
                    """
                    val x = ones(2, args[0].toInt())
                    println((x + 1).sum().item<Int>())

                    val y = x + ones(4)
                    println(y)
                    """.trimIndent(),
                )
            val lines = output.lines().takeLast(3)
            status shouldBe 1
            lines[0] shouldBe "20"
            lines[1] shouldStartWith "${folder.path}/shapes.gradus.kts:4: [add] The size of tensor a (5) must match"
            lines[2] shouldBe "    val y = x + ones(4)"
        }

        "a script that does not compile gets two lines" {
            val (status, output) = run("broken", "val x = ones(2)\n\nval y = x.foo(1)\n")
            status shouldBe 65
            val lines = output.lines()
            lines.size shouldBe 2
            lines[0] shouldStartWith "${folder.path}/broken.gradus.kts:3:11: error: unresolved reference 'foo'"
            lines[1] shouldEndWith "    val y = x.foo(1)"
        }
    })
