// A variational autoencoder learns to draw digits:
//   ./gradus run examples/vae.gradus.kts [epochs] [folder]
// D. Kingma, M. Welling, "Auto-Encoding Variational Bayes", 2014.
//
// The folder has the four files of MNIST; else $GRADUS_DATA/mnist, or data/mnist, where mnist.gradus.kts
// puts them. Without them, the 8 × 8 digits do that are part of the library.
import java.nio.file.Files
import java.nio.file.Path

val epochs = args.firstOrNull()?.toInt() ?: 10
manualSeed(1)
val folder = listOfNotNull(
    args.getOrNull(1)?.let(Path::of),
    System.getenv("GRADUS_DATA")?.let { Path.of(it, "mnist") },
    Path.of("data", "mnist"),
    Path.of("..", "shared", "data", "mnist"),
).firstOrNull(Files::isDirectory)

/** Training and test images as rows of numbers from 0 to 1, and the name of the set. */
fun load(): Triple<Tensor, Tensor, String> {
    if (folder != null) {
        val (train, test) = listOf(Mnist.train(folder), Mnist.test(folder)).map { it.tensors().first().flatten(1) }
        return Triple(train, test, "MNIST")
    }
    val images = Digits.load().tensors().first().flatten(1)
    return Triple(images[0 until 1500], images[1500..end], "the small digits")
}
val (trainImages, testImages, name) = load()
val pixels = trainImages.size(1)
val side = sqrt(pixels.toDouble()).toLong()

// ---- The model: from an image to a region of a space of 20 dimensions, and from a point there back.

val dimensions = 20L

/** What the encoder thinks the code of an image is: a normal distribution, one for each dimension. */
data class Code(val mean: Tensor, val logVariance: Tensor) {
    /** A random code. The randomness is added from outside, so that gradients reach mean and variance. */
    fun draw(): Tensor = mean + (0.5 * logVariance).exp() * randn(mean.size(0), mean.size(1))

    /** How far the distribution is from the standard normal one, in nats an image (appendix B of the paper). */
    fun divergence(): Tensor = -0.5 * (1 + logVariance - mean.square() - logVariance.exp()).sum(1)
}

class Autoencoder : Model() {
    val encoder by module(Sequential(Linear(pixels, 400), ReLU(), Linear(400, 2 * dimensions)))
    val decoder by module(Sequential(Linear(dimensions, 400), ReLU(), Linear(400, pixels)))

    fun encode(images: Tensor): Code {
        val (mean, logVariance) = encoder(images).chunk(2, 1)
        return Code(mean, logVariance)
    }

    /** Codes to images. */
    override fun forward(x: Tensor): Tensor = decoder(x).sigmoid()
}

val model = Autoencoder()
val pixelLoss = BCEWithLogitsLoss(Reduction.SUM, null)

/** The negative evidence lower bound of the images, on average: nats to write them down, and their codes. */
fun loss(images: Tensor): Tensor {
    val code = model.encode(images)
    val drawn = model.decoder(code.draw())
    return (pixelLoss(drawn, images) + code.divergence().sum()) / images.size(0)
}

// ---- Training

val optimizer = adam(model.parameters(), lr = 1e-3)
val loader = DataLoader.of(TensorDataset(trainImages), if (name == "MNIST") 128 else 16).shuffle(Generator(3))
println("$name: ${trainImages.size(0)} training images, ${testImages.size(0)} test images")
val begin = System.nanoTime()
for (epoch in 1..epochs) {
    var sum = 0.0
    for ((images) in loader) {
        val loss = loss(images)
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        sum += loss.item<Double>()
    }
    val test = noGrad { loss(testImages).item<Double>() }
    println(
        "epoch %2d  training loss %.2f  test loss %.2f  %.0f s"
            .format(epoch, sum / loader.size(), test, (System.nanoTime() - begin) / 1e9),
    )
}

// ---- Pictures

/** Draws images, rows of pixels, as a grid, dark on light. */
fun draw(file: String, images: Tensor) {
    println("wrote " + Plots.images(1 - images.view(-1, side, side), columns = 12).save(file))
}

noGrad {
    // Real images, each line of them above what comes back when they are encoded and decoded.
    val some = testImages[0 until 24]
    val back = model(model.encode(some).mean)
    val pairs = Tensor.stack(listOf(some.view(2, 12, pixels), back.view(2, 12, pixels)), 1)
    draw("vae-reconstructions.png", pairs)

    // Images of random codes: digits that nobody has written.
    draw("vae-samples.png", model(randn(72, dimensions)))

    // Straight lines from the code of one image to that of another.
    val codes = model.encode(testImages[0 until 8]).mean
    val way = linspace(0, 1, 12).view(1, 12, 1)
    val from = codes[0 until 4].unsqueeze(1)
    val to = codes[4 until 8].unsqueeze(1)
    draw("vae-walks.png", model((from + way * (to - from)).flatten(0, 1)))
}
println("test loss on %s %.2f".format(name, noGrad { loss(testImages).item<Double>() }))
