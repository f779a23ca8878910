package io.gradus.dsl

import io.gradus.data.DataLoader
import io.gradus.data.Dataset
import io.gradus.data.IterableDataset
import io.gradus.data.LoadException
import io.gradus.data.TensorDataset
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import java.io.IOException
import java.util.concurrent.CountDownLatch

class LoadersSpec :
    StringSpec({
        fun numbers(load: (Long) -> Long) = object : Dataset<Long> {
            override fun get(index: Long): Long = load(index)

            override fun size(): Long = 10
        }

        "S12.1 a loader is a flow of its batches, anew each time it is collected" {
            for (workers in listOf(0, 3)) {
                val batches = DataLoader.of(numbers { it }, 4) { it }.workers(workers).asFlow()
                batches.toList() shouldBe listOf(listOf(0L, 1L, 2L, 3L), listOf(4L, 5L, 6L, 7L), listOf(8L, 9L))
                batches.take(1).toList() shouldBe listOf(listOf(0L, 1L, 2L, 3L))
            }
        }

        "S12.1 a loader of a stream is a flow too" {
            val lines = IterableDataset { listOf("a", "b", "c").iterator() }
            for (workers in listOf(0, 3)) {
                val flow = DataLoader.of(lines, 2) { it }.workers(workers).asFlow()
                flow.toList() shouldBe listOf(listOf("a", "b"), listOf("c"))
            }
        }

        "batches of a flow are collected as the guide to data does" {
            val loader = DataLoader.of(TensorDataset(arange(30)), 2)
            var shown = 0L
            loader.asFlow().take(10).collect { batch -> shown += batch[0].numel }
            shown shouldBe 20L
        }

        "S12.1 cancelling a collector does not wait for samples that never come" {
            for (workers in listOf(0, 2)) {
                val asked = CompletableDeferred<Unit>()
                val never = CountDownLatch(1)
                val stuck =
                    numbers {
                        asked.complete(Unit)
                        never.await()
                        it
                    }
                val job = launch { DataLoader.of(stuck, 2) { it }.workers(workers).asFlow().toList() }
                asked.await()
                job.cancelAndJoin()
                job.isCancelled shouldBe true
                never.countDown()
            }
        }

        "S12.1 the error of a sample reaches the collector of a flow" {
            for (error in listOf(IllegalStateException("no such picture"), IOException("no such file"))) {
                val broken = numbers { if (it == 5L) throw error else it }
                for (workers in listOf(0, 2)) {
                    val flow = DataLoader.of(broken, 2) { it }.workers(workers).asFlow()
                    val told = shouldThrow<LoadException> { flow.toList() }
                    told.index() shouldBe 5L
                    told.cause shouldBe error
                }
            }
        }
    })
