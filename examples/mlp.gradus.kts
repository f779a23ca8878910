// A network of two hidden layers on MNIST, and what it mistakes for what:
//   ./gradus run examples/mlp.gradus.kts [epochs] [folder]
// The folder has the four files of MNIST; else $GRADUS_DATA/mnist does. Without both they are downloaded
// to data/mnist, 11 MB.
import java.nio.file.Files
import java.nio.file.Path

val epochs = args.firstOrNull()?.toInt() ?: 5

fun folder(): Path = listOfNotNull(
    args.getOrNull(1)?.let(Path::of),
    System.getenv("GRADUS_DATA")?.let { Path.of(it, "mnist") },
    Path.of("..", "shared", "data", "mnist"),
).firstOrNull(Files::isDirectory) ?: Mnist.download(Path.of("data", "mnist"))

fun train(folder: Path) {
    manualSeed(1)
    val begin = System.nanoTime()
    val model = sequential {
        flatten()
        linear(784, 256)
        relu()
        linear(256, 128)
        relu()
        linear(128, 10)
    }
    val lossOf = CrossEntropyLoss()
    val optimizer = adam(model.parameters(), lr = 1e-3)
    val loader = DataLoader.of(Mnist.train(folder), 64).shuffle(Generator(3))
    for (epoch in 1..epochs) {
        var sum = 0.0
        for ((images, labels) in loader) {
            val loss = lossOf(model(images), labels)
            optimizer.zeroGrad()
            loss.backward()
            optimizer.step()
            sum += loss.item<Double>()
        }
        println("epoch %d  loss %.4f".format(epoch, sum / loader.size()))
    }

    val accuracy = Accuracy()
    val matrix = ConfusionMatrix(10)
    for ((images, labels) in DataLoader.of(Mnist.test(folder), 500)) {
        val answers = noGrad { model(images) }
        accuracy.update(answers, labels)
        matrix.update(answers, labels)
    }
    println("wrote " + Plots.confusion(matrix).titled("MNIST").save("mlp-confusion.svg"))
    Safetensors.write(Path.of("mlp.safetensors"), model.stateDict())
    println(
        "test accuracy %.2f %% after %d epochs, %.1f s"
            .format(100 * accuracy.compute(), epochs, (System.nanoTime() - begin) / 1e9),
    )
}

try {
    train(folder())
} catch (e: DownloadException) {
    println("NOT RUN: no MNIST, and ${e.message}")
}
