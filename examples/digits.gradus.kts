// Trains a small network on 1,797 handwritten digits and draws how it went:
//   ./gradus run examples/digits.gradus.kts [epochs]
import org.jetbrains.letsPlot.commons.encoding.RGBEncoder
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon
import org.jetbrains.letsPlot.geom.geomLine
import org.jetbrains.letsPlot.ggsize
import org.jetbrains.letsPlot.intern.toSpec
import org.jetbrains.letsPlot.label.ggtitle
import org.jetbrains.letsPlot.letsPlot
import java.io.File

val epochs = args.firstOrNull()?.toInt() ?: 40
manualSeed(1)
val (trainSet, validationSet, testSet) = Digits.load().split(8, 1, 1, generator = Generator(7))
val model = sequential {
    linear(64, 64)
    relu()
    linear(64, 10)
}
val lossOf = CrossEntropyLoss()
val optimizer = adam(model.parameters(), lr = 3e-3)
println("$model\n${trainSet.size()} training, ${validationSet.size()} validation, ${testSet.size()} test images")

/** Average loss and accuracy over a set. */
fun evaluate(set: Dataset<List<Tensor>>): Pair<Double, Double> = noGrad {
    model.eval()
    var loss = 0.0
    var correct = 0L
    for ((x, y) in DataLoader.of(set, 256)) {
        val logits = model(x)
        loss += lossOf(logits, y).item().toDouble() * y.numel()
        correct += (logits.argmax(1) eq y).sum().item().toLong()
    }
    model.train()
    loss / set.size() to correct.toDouble() / set.size()
}

val curves = mutableListOf<Triple<Int, String, Pair<Double, Double>>>()
val loader = DataLoader.of(trainSet, 32).shuffle(Generator(3))
for (epoch in 1..epochs) {
    var done = 0L
    for ((x, y) in loader) {
        val loss = lossOf(model(x), y)
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        done += y.numel()
        if (System.console() != null) print("\repoch $epoch: $done / ${trainSet.size()} images")
    }
    val train = evaluate(trainSet)
    val validation = evaluate(validationSet)
    curves += Triple(epoch, "train", train)
    curves += Triple(epoch, "validation", validation)
    if (System.console() != null) print("\r")
    println(
        "epoch %2d  train loss %.4f accuracy %.2f %%  validation loss %.4f accuracy %.2f %%"
            .format(epoch, train.first, 100 * train.second, validation.first, 100 * validation.second),
    )
}
println("test accuracy %.2f %%".format(100 * evaluate(testSet).second))

/** Draws one curve a set over the epochs. */
fun draw(name: String, values: List<Double>) {
    val data = mapOf(
        "epoch" to curves.map { it.first },
        name to values,
        "set" to curves.map { it.second },
    )
    val axes = letsPlot(data) {
        x = "epoch"
        y = name
        color = "set"
    }
    val plot = axes + geomLine() + ggtitle("Digits: $name") + ggsize(640, 360)
    val noPixels = object : RGBEncoder {
        override fun toDataUrl(width: Int, height: Int, argbValues: IntArray): String = error("lines need no pixels")
    }
    val file = File("digits-$name.svg")
    file.writeText(PlotSvgExportCommon.buildSvgImageFromRawSpecs(plot.toSpec(), null, noPixels, true))
    println("wrote $file")
}
draw("loss", curves.map { it.third.first })
draw("accuracy", curves.map { it.third.second })
