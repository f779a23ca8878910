// Draws the pictures of docs/watching.md:
//   ./gradus run docs/images/watching.gradus.kts [FOLDER]
val folder = args.firstOrNull() ?: "docs/images"
manualSeed(1)
val (trainSet, validationSet) = Digits.load().split(8, 2, generator = Generator(7))
val model = sequential {
    linear(64, 32)
    relu()
    linear(32, 10)
}
val optimizer = adam(model.parameters(), lr = 3e-3)
val trainer = trainer(model, CrossEntropyLoss(), optimizer) {
    metric("accuracy") { Accuracy() }
    validation(DataLoader.of(validationSet, 256))
}
val history = trainer.fit(DataLoader.of(trainSet, 32).shuffle(Generator(3)), 12)
Plots.curves(history).titled("Digits").sized(640, 240).save("$folder/curves.svg")

val confusion = ConfusionMatrix(10)

class Mistake(val image: Tensor, val actual: Long, val predicted: Long)
val wrong = mutableListOf<Mistake>()
model.eval()
for ((x, y) in DataLoader.of(validationSet, 256)) {
    val logits = noGrad { model(x) }
    confusion.update(logits, y)
    val found = logits.argmax(1)
    for (i in 0 until y.numel()) {
        val (actual, predicted) = y[i].item<Long>() to found[i].item<Long>()
        if (actual != predicted && wrong.size < 10) wrong += Mistake(x[i].reshape(8, 8), actual, predicted)
    }
}
Plots.confusion(confusion).sized(460, 340).save("$folder/confusion.svg")

val images = Tensor.stack(wrong.map { it.image })
Plots
    .images(1 - images / images.max(), columns = 5, captions = wrong.map { "${it.actual}, not ${it.predicted}" })
    .save("$folder/images.svg")

val (x, y) = DataLoader.of(trainSet, 64).first()
val loss = CrossEntropyLoss().call(model(x), y)
loss.backward()
Plots.gradients(model).sized(640, 360).save("$folder/gradients.svg")
val again = CrossEntropyLoss().call(model(x), y)
GraphView.of(again).names(model.namedParameters()).write(java.nio.file.Path.of("$folder/graph.svg"))
println(history.epochs().last())
