// Trains a small network on 1,797 handwritten digits and draws how it went:
//   ./gradus run examples/digits.gradus.kts [epochs]

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

val train = mutableListOf<Pair<Double, Double>>()
val validation = mutableListOf<Pair<Double, Double>>()
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
    val (t, v) = evaluate(trainSet) to evaluate(validationSet)
    train += t
    validation += v
    if (System.console() != null) print("\r")
    println(
        "epoch %2d  train loss %.4f accuracy %.2f %%  validation loss %.4f accuracy %.2f %%"
            .format(epoch, t.first, 100 * t.second, v.first, 100 * v.second),
    )
}
println("test accuracy %.2f %%".format(100 * evaluate(testSet).second))

/** Draws one curve a set over the epochs. */
fun draw(name: String, value: (Pair<Double, Double>) -> Double) {
    val curves =
        mapOf("train" to train, "validation" to validation).mapValues { it.value.map(value).toDoubleArray() }
    println("wrote " + Plots.lines(curves, y = name).titled("Digits: $name").save("digits-$name.svg"))
}
draw("loss") { it.first }
draw("accuracy") { it.second }
