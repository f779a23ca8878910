// Logistic regression: three species of iris from four measurements.
//   ./gradus run examples/iris.gradus.kts [epochs]
val epochs = args.firstOrNull()?.toInt() ?: 60
manualSeed(1)
val (measurements, species) = Iris.load().tensors()
val scaled = (measurements - measurements.mean(0)) / measurements.std(0)
val (trainSet, testSet) = TensorDataset(scaled, species).split(8, 2, generator = Generator(7))

val shuffle = Generator(3)
val model = sequential { linear(4, 3) }
val trainer = trainer(model, CrossEntropyLoss(), adam(model.parameters(), lr = 0.05)) {
    metric("accuracy") { Accuracy() }
    generator("shuffle", shuffle)
}
val history = trainer.fit(DataLoader.of(trainSet, 16).shuffle(shuffle), epochs)
println(history.epochs().last())

val matrix = ConfusionMatrix(3)
noGrad { for ((x, y) in DataLoader.of(testSet, 30)) matrix.update(model(x), y) }
println("rows: what they are, columns: what the model says; ${Iris.CLASSES}\n${matrix.compute()}")
println("test accuracy %.2f %%".format(100 * trainer.evaluate(DataLoader.of(testSet, 30)).getValue("accuracy")))
