package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.backend.cuda.CudaDevice
import io.gradus.backend.cuda.CudaStream
import io.gradus.fusion.Fusion
import io.gradus.tensor.backend.Device
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Executors

/** Streams of the stand-in for a GPU, in a process that loads it as its driver. */
class StreamsSpec :
    StringSpec({
        "coroutines keep their CUDA stream from thread to thread" {
            val cuda = Path.of(CudaStream::class.java.protectionDomain.codeSource.location.toURI())
            val standIn = cuda.resolveSibling("test-classes")
            val compilers = listOf("cc", "gcc", "clang")
            val folders = System.getenv("PATH").orEmpty().split(File.pathSeparator).map(Path::of)
            val canCompile = compilers.any { name -> folders.any { Files.isExecutable(it.resolve(name)) } }
            if (!canCompile || !Files.isDirectory(standIn)) {
                println("NOT RUN (no C compiler, or tests of backend-cuda not compiled): StreamsSpec")
            } else {
                val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
                val process =
                    ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseG1GC",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dgradus.standin.seed=5",
                        "-cp",
                        classPath + File.pathSeparator + standIn,
                        "io.gradus.backend.cuda.standin.OnStandIn",
                        StreamsOnStandIn::class.java.name,
                    ).redirectErrorStream(true).start()
                val output = process.inputStream.bufferedReader().readText()
                (process.waitFor() to output.lines().first { it.startsWith("sums") || "Exception" in it }) shouldBe
                    (0 to "sums [5.0, 5.0, 5.0, 5.0]")
            }
        }
    })

/** Half of the coroutines add on a stream of their own, the others on the main one; two threads for all. */
object StreamsOnStandIn {
    @JvmStatic
    fun main(args: Array<String>) {
        val device = Device.cuda(0) as CudaDevice
        val one = Tensor.ones(64).to(device)
        val side = device.newStream()
        Executors.newFixedThreadPool(2).asCoroutineDispatcher().use { pool ->
            runBlocking(pool) {
                Fusion.compute(one)
                side.waitFor(device.mainStream().record())

                suspend fun sum(stream: CudaStream): Tensor {
                    var sum = one
                    repeat(4) {
                        delay(1)
                        check(device.currentStream() === stream)
                        sum = sum.add(one)
                        Fusion.compute(sum)
                    }
                    return sum
                }
                val sums =
                    List(4) { i ->
                        async { if (i % 2 == 0) onStream(side) { sum(side) } else sum(device.mainStream()) }
                    }.awaitAll()
                device.mainStream().waitFor(side.record())
                println("sums ${sums.map { it.mean().item<Double>() }}")
            }
        }
        side.close()
    }
}
