// A convolutional network on MNIST:
//   ./gradus run examples/mnist.gradus.kts [epochs] [folder]
// The folder has the four files of MNIST; else $GRADUS_DATA/mnist does. Without both they are downloaded
// to data/mnist, 11 MB.
// With a third argument, a file, Ctrl-C loses nothing: the next run goes on from it.
import java.nio.file.Files
import java.nio.file.Path

val epochs = args.firstOrNull()?.toInt() ?: 3

fun folder(): Path = listOfNotNull(
    args.getOrNull(1)?.let(Path::of),
    System.getenv("GRADUS_DATA")?.let { Path.of(it, "mnist") },
    Path.of("..", "shared", "data", "mnist"),
).firstOrNull(Files::isDirectory) ?: Mnist.download(Path.of("data", "mnist"))

fun train(folder: Path) {
    manualSeed(1)
    val begin = System.nanoTime()
    val shuffle = Generator(3)
    val loader = DataLoader.of(Mnist.train(folder), 64).shuffle(shuffle)
    val test = DataLoader.of(Mnist.test(folder), 500)
    val model = sequential {
        +Conv2d(1, 32, 5)
        relu()
        +MaxPool2d(2)
        +Conv2d(32, 64, 5)
        relu()
        +MaxPool2d(2)
        flatten()
        linear(1024, 128)
        relu()
        dropout(0.3)
        linear(128, 10)
    }
    println("$model\n${model.parameters().sumOf { it.numel() }} parameters")
    val optimizer = adam(model.parameters())
    val steps = epochs * loader.size().toInt()
    val trainer = trainer(model, CrossEntropyLoss(), optimizer) {
        schedulerEachStep(OneCycleLR(optimizer, OneCycleLR.Options.of(2e-3, steps)))
        metric("accuracy") { Accuracy() }
        validation(test)
        generator("shuffle", shuffle)
        args.getOrNull(2)?.let { checkpoints(Checkpoints.everySteps(Path.of(it), 200)) }
        callback(Progress.auto())
    }
    val last = trainer.fit(loader, epochs).epochs().last().values()
    println(
        "test accuracy %.2f %% after %d epochs, %.1f minutes"
            .format(100 * last.getValue("validation accuracy"), epochs, (System.nanoTime() - begin) / 6e10),
    )
}

try {
    train(folder())
} catch (e: DownloadException) {
    println("NOT RUN: no MNIST, and ${e.message}")
}
