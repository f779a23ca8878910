package io.gradus.plot

import io.gradus.Tensor
import io.gradus.dsl.sequential
import io.gradus.dsl.tensor
import io.gradus.metrics.ConfusionMatrix
import io.gradus.tensor.dtype.DType
import io.gradus.tensor.error.InvalidArgumentException
import io.gradus.tensor.error.ShapeException
import io.gradus.train.EpochResult
import io.gradus.train.History
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import org.w3c.dom.Element
import org.w3c.dom.NodeList
import java.io.ByteArrayInputStream
import java.io.File
import java.util.Base64
import javax.imageio.ImageIO
import javax.xml.parsers.DocumentBuilderFactory

/** Decodes what was drawn. */
class PlotsSpec :
    StringSpec({
        val history =
            History(
                listOf(
                    EpochResult(1, values(0.9, 0.5, 1.0, 0.4)),
                    EpochResult(2, values(0.6, 0.7, 0.8, 0.6)),
                    EpochResult(3, values(0.4, 0.9, 0.7, 0.7)),
                ),
            )
        val folder = tempdir()

        "curves of a history have a panel a measure, and training beside validation" {
            val figure = Plots.curves(history).titled("A <title> & more")
            val texts = texts(figure)
            texts shouldContainAll listOf("A <title> & more", "loss", "accuracy", "training", "validation", "epoch")
            texts shouldNotContain "lr"
            texts.indexOf("loss") shouldBeLessThan texts.indexOf("accuracy")
            points(figure.svg()).size shouldBe 4 * 3
        }

        "named values of a history share one panel" {
            val texts = texts(Plots.curves(history, "loss", "lr"))
            texts shouldContainAll listOf("loss", "lr")
            texts shouldNotContain "accuracy"
            shouldThrow<InvalidArgumentException> { Plots.curves(history, "lost") }.message shouldContain "'lost'"
            shouldThrow<InvalidArgumentException> { Plots.curves(History(listOf())) }
        }

        "the axis of lines begins and steps as asked" {
            val values = mapOf("a" to DoubleArray(5) { it.toDouble() })
            texts(Plots.lines(values, first = 0.0, every = 100.0)) shouldContainAll listOf("0", "400")
            texts(Plots.lines(values)) shouldNotContain "400"
        }

        "lines leave out what is not finite, and on a logarithmic scale what is not positive" {
            val values = doubleArrayOf(1.0, Double.NaN, 3.0, Double.POSITIVE_INFINITY, -2.0)
            points(Plots.lines(mapOf("a" to values)).svg()).size shouldBe 3
            points(Plots.lines(mapOf("a" to values), log = true).svg()).size shouldBe 2
            shouldThrow<InvalidArgumentException> { Plots.lines(mapOf("a" to doubleArrayOf())) }
            points(Plots.lines(mapOf("a" to doubleArrayOf(Double.NaN, Double.NaN))).svg()).size shouldBe 0
        }

        "a lower value is drawn lower" {
            val at = points(Plots.lines(mapOf("a" to doubleArrayOf(1.0, 5.0, 3.0))).svg())
            val heights = at.sortedBy { it.first }.map { -it.second }
            heights[0] shouldBeLessThan heights[2]
            heights[2] shouldBeLessThan heights[1]
        }

        "a single curve needs no legend, several have one in their order" {
            val one = texts(Plots.lines(mapOf("only" to doubleArrayOf(1.0, 2.0))))
            one shouldNotContain "only"
            val two = Plots.lines(linkedMapOf("z" to doubleArrayOf(1.0), "a" to doubleArrayOf(2.0)))
            val texts = texts(two)
            texts.filter { it == "z" || it == "a" } shouldContainExactly listOf("z", "a")
        }

        "a confusion matrix shows its counts under the names of the classes" {
            val matrix = ConfusionMatrix(3)
            matrix.update(tensor(0, 0, 1, 2, 2, 2), tensor(0, 1, 1, 2, 2, 0))
            val texts = texts(Plots.confusion(matrix, listOf("cat", "dog", "eel")))
            texts shouldContainAll listOf("cat", "dog", "eel", "predicted", "actual")
            texts.filter { it in setOf("0", "1", "2") }.sorted() shouldContainExactly
                listOf("0", "0", "0", "0", "1", "1", "1", "1", "2")
        }

        "a confusion matrix refuses other shapes and other numbers of names" {
            shouldThrow<ShapeException> { Plots.confusion(Tensor.ones(2, 3)) }.message shouldContain "[2, 3]"
            shouldThrow<InvalidArgumentException> { Plots.confusion(Tensor.eye(2), listOf("a")) }
            shouldThrow<InvalidArgumentException> { Plots.confusion(Tensor.eye(2), listOf("a", "a")) }
        }

        "images keep their pixels" {
            val images = Tensor.zeros(3, 2, 2)
            images[1, 0, 1].fill_(1.0)
            val svg = Plots.images(images, columns = 2).svg()
            val drawn = elements(svg, "image")
            drawn.size shouldBe 3
            val xs = drawn.map { it.getAttribute("x") }
            xs[0] shouldBe xs[2]
            val bytes = Base64.getDecoder().decode(drawn[1].getAttribute("xlink:href").substringAfter("base64,"))
            val picture = ImageIO.read(ByteArrayInputStream(bytes))
            picture.getRGB(0, 0) shouldBe 0xff000000.toInt()
            picture.getRGB(picture.width - 1, 0) shouldBe 0xffffffff.toInt()
            picture.getRGB(picture.width - 1, picture.height - 1) shouldBe 0xff000000.toInt()
        }

        "images have captions, colours and a title" {
            val red = Tensor.zeros(1, 3, 4, 4)
            red[0, 0].fill_(1.0)
            val figure = Plots.images(red, captions = listOf("<red>")).titled("Colours")
            texts(figure) shouldContainExactly listOf("Colours", "<red>")
            val picture = ImageIO.read(ByteArrayInputStream(figure.png(1.0)))
            val seen = (0 until picture.width).map { picture.getRGB(it, picture.height / 2) }.toSet()
            seen shouldContainAll setOf(0xffff0000.toInt(), 0xffffffff.toInt())
        }

        "images of other shapes, and captions of another number, are refused" {
            shouldThrow<ShapeException> { Plots.images(Tensor.ones(2, 2)) }
            shouldThrow<ShapeException> { Plots.images(Tensor.ones(1, 2, 2, 2)) }
            shouldThrow<ShapeException> { Plots.images(Tensor.ones(0, 2, 2)) }
            shouldThrow<InvalidArgumentException> { Plots.images(Tensor.ones(2, 2, 2), 1, listOf("a")) }
            shouldThrow<InvalidArgumentException> { Plots.images(Tensor.ones(2, 2, 2), -1) }
        }

        "bins count what is finite" {
            val bins = Bins(tensor(0.0, 0.1, 0.5, 1.0, Double.NaN, Double.NEGATIVE_INFINITY), 2)
            bins.counts.toList() shouldContainExactly listOf(2L, 2L)
            bins.limit(0) shouldBe 0.0
            bins.limit(2) shouldBe 1.0
            Bins(tensor(3.0, 3.0), 4).counts.sum() shouldBe 2L
            Bins(Tensor.zeros(0), 4).counts.sum() shouldBe 0L
            Bins(
                tensor(-Double.MAX_VALUE, Double.MAX_VALUE, 0.0, dtype = DType.F64),
                3,
            ).counts.toList() shouldContainExactly
                listOf(1L, 1L, 1L)
            shouldThrow<InvalidArgumentException> { Bins(Tensor.ones(1), 0) }
            shouldThrow<InvalidArgumentException> { Bins(Tensor.ones(1), -1) }
        }

        "a histogram has a bar a bin, as high as its count" {
            val svg = Plots.histogram(tensor(0.0, 0.0, 0.0, 1.0, 2.0, 2.0), 3).svg()
            val bars = elements(svg, "rect").filter { it.getAttribute("fill") == "rgb(70,130,180)" }
            val heights = bars.map { it.getAttribute("height").toDouble() }
            heights.size shouldBe 3
            heights[0] / heights[1] shouldBe (3.0 plusOrMinus 1e-6)
            heights[2] / heights[1] shouldBe (2.0 plusOrMinus 1e-6)
        }

        "weights and gradients have a panel a parameter, in their order" {
            val model =
                sequential {
                    linear(4, 3)
                    linear(3, 2)
                }
            val names = listOf("0.weight", "0.bias", "1.weight", "1.bias")
            val panels = { figure: Figure ->
                texts(figure).filter { it in names }
            }
            panels(Plots.weights(model)) shouldContainExactly names
            shouldThrow<InvalidArgumentException> { Plots.gradients(model) }.message shouldContain "backward"
            model.call(Tensor.ones(2, 4)).sum().backward()
            panels(Plots.gradients(model, 10)) shouldContainExactly names
        }

        "figures are saved by the end of their names" {
            val figure = Plots.lines(mapOf("a" to doubleArrayOf(1.0, 2.0))).sized(300, 200)
            val png = ImageIO.read(figure.save("$folder/a.png").toFile())
            png.width to png.height shouldBe (600 to 400)
            val small = ImageIO.read(ByteArrayInputStream(figure.png(0.5)))
            small.width to small.height shouldBe (150 to 100)
            elements(
                File(folder, "a.svg").also {
                    figure.save(it.toPath())
                }.readText(),
                "svg",
            )[0].getAttribute("width") shouldBe
                "300.0"
            val page = figure.save("$folder/a.html").toFile().readText()
            page shouldContain "<html"
            page shouldContain "lets-plot"
            page shouldContain "\"line\""
            shouldThrow<InvalidArgumentException> { figure.save("$folder/a.gif") }.message shouldContain "a.gif"
            File(folder, "a.gif").exists() shouldBe false
            shouldThrow<InvalidArgumentException> { figure.sized(0, 3) }
            shouldThrow<InvalidArgumentException> { figure.png(Double.NaN) }
            Plots.images(Tensor.ones(1, 2, 2)).titled("<x>").html() shouldContain "<title>&lt;x&gt;</title>"
        }

        "what is missing on the class path is named" {
            for (library in Library.entries) {
                library.require()
                val e =
                    shouldThrow<MissingLibraryException> { library.require(ClassLoader.getPlatformClassLoader()) }
                e.message shouldStartWith "[plot] org."
                e.message shouldContain "add org."
            }
        }
    })

private fun values(loss: Double, accuracy: Double, validationLoss: Double, validationAccuracy: Double) = linkedMapOf(
    "lr" to 0.1,
    "loss" to loss,
    "accuracy" to accuracy,
    "validation loss" to validationLoss,
    "validation accuracy" to validationAccuracy,
)

/** What is written in a picture. */
private fun texts(figure: Figure): List<String> = elements(figure.svg(), "text").map { it.textContent.trim() }

private fun elements(svg: String, tag: String): List<Element> {
    val document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
        ByteArrayInputStream(svg.toByteArray()),
    )
    return document.getElementsByTagName(tag).toList()
}

private fun NodeList.toList(): List<Element> = List(length) { item(it) as Element }

/** Where points of curves are drawn; those of the legend are not among them. */
private fun points(svg: String): List<Pair<Double, Double>> = elements(svg, "circle").mapNotNull { c ->
    val isLegend = generateSequence(c.parentNode) { it.parentNode }.none { it.isClipped() }
    if (isLegend) null else c.getAttribute("cx").toDouble() to c.getAttribute("cy").toDouble()
}

private fun org.w3c.dom.Node.isClipped() = this is Element && hasAttribute("clip-path")
