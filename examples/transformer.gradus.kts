// A transformer learns to write sonnets, one character after the other:
//   ./gradus run examples/transformer.gradus.kts [steps] [text file]
// The text is Shakespeare's 154 sonnets (1609), in examples/sonnets.txt; any other text will do.
import java.io.File

val steps = args.firstOrNull()?.toInt() ?: 1500
val file = File(args.getOrNull(1) ?: "examples/sonnets.txt")
require(file.exists()) { "there is no $file here; start in the project's folder, or name another text file" }
manualSeed(1)

// ---- The data: a text is a row of numbers, one for each character.

val text = file.readText()
val alphabet = text.toSortedSet().toList()
val numberOf = alphabet.withIndex().associate { (number, character) -> character to number.toLong() }
val numbers = tensor(LongArray(text.length) { numberOf.getValue(text[it]) })
val cut = numbers.numel() * 9 / 10
val training = numbers[0 until cut]
val validation = numbers[cut..end]

val context = 64 // how far the model looks back
val window = arange(context + 1)

/** Pieces of the text, and for each of their characters the one that follows it. */
fun batch(from: Tensor, starts: Tensor): Pair<Tensor, Tensor> {
    val pieces = from[starts[all, newAxis] + window]
    return pieces[all, 0 until context] to pieces[all, 1..end]
}

// ---- The model: A. Vaswani et al., "Attention Is All You Need", 2017, with the norms first.

/** Every character asks those before it, and takes a mixture of what they have to say. */
class SelfAttention(private val size: Long, private val heads: Long) : Model() {
    val queryKeyValue by module(Linear(size, 3 * size))
    val output by module(Linear(size, size))
    val future by buffer(ones(context, context, dtype = BOOL).triu(1))

    override fun forward(x: Tensor): Tensor {
        val (batch, length) = x.shape
        // Each of the three is [batch, heads, length, size of a head].
        val (query, key, value) =
            queryKeyValue(x).view(batch, length, 3, heads, size / heads).permute(2, 0, 3, 1, 4).unbind(0)
        val interest = (query matmul key.mT) / sqrt((size / heads).toDouble())
        val hidden = future[0 until length, 0 until length]
        val shares = interest.maskedFill(hidden, Double.NEGATIVE_INFINITY).softmax(-1)
        return output((shares matmul value).transpose(1, 2).reshape(batch, length, size))
    }
}

/** Attention mixes characters, the two layers after it work on each one alone; both add to what is there. */
class Block(size: Long, heads: Long) : Model() {
    val attentionNorm by module(LayerNorm(size))
    val attention by module(SelfAttention(size, heads))
    val thoughtNorm by module(LayerNorm(size))
    val thought by module(Sequential(Linear(size, 4 * size), GELU(), Linear(4 * size, size), Dropout(0.1)))

    override fun forward(x: Tensor): Tensor {
        val mixed = x + attention(attentionNorm(x))
        return mixed + thought(thoughtNorm(mixed))
    }
}

/** From [batch, length] characters to [batch, length, alphabet] logits of the characters that follow. */
class Writer(size: Long, heads: Long, blocks: Int) : Model() {
    val characters by module(Embedding(alphabet.size.toLong(), size))
    val places by module(Embedding(context.toLong(), size))
    val body by module(Sequential(*Array<Layer>(blocks) { Block(size, heads) }))
    val norm by module(LayerNorm(size))
    val head by module(Linear(size, alphabet.size.toLong()))

    override fun forward(x: Tensor): Tensor = head(norm(body(characters(x) + places(arange(x.size(1))))))
}

val model = Writer(size = 128, heads = 4, blocks = 3)
val parameters = model.parameters().sumOf { it.numel() }
println("${text.length} characters, ${alphabet.size} different ones; $parameters parameters")

// ---- Training: guess every next character.

val lossOf = CrossEntropyLoss()
fun loss(pair: Pair<Tensor, Tensor>): Tensor = lossOf(model(pair.first).flatten(0, 1), pair.second.flatten())

/** The loss over all of the validation text. */
fun validationLoss(): Double = noGrad {
    model.eval()
    val starts = arange(0, validation.numel() - context, context)
    val total = starts.split(64).sumOf { loss(batch(validation, it)).item<Double>() * it.numel() }
    model.train()
    total / starts.numel()
}

val optimizer = adamW(model.parameters(), lr = 1e-3, weightDecay = 0.1)
val schedule = OneCycleLR(optimizer, OneCycleLR.Options.of(3e-3, steps))
val curves = mapOf("training" to mutableListOf<Double>(), "validation" to mutableListOf())
var sum = 0.0
val begin = System.nanoTime()
for (step in 1..steps) {
    val starts = randint(16, high = training.numel() - context)
    val loss = loss(batch(training, starts))
    optimizer.zeroGrad()
    loss.backward()
    ClipGrad.norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    sum += loss.item<Double>()
    if (step % 100 == 0) {
        val (trained, validated) = sum / 100 to validationLoss()
        curves.getValue("training") += trained
        curves.getValue("validation") += validated
        println(
            "step %4d  loss %.3f  validation loss %.3f  %.0f s"
                .format(step, trained, validated, (System.nanoTime() - begin) / 1e9),
        )
        sum = 0.0
    }
}
if (steps >= 100) {
    val lines = curves.mapValues { it.value.toDoubleArray() }
    val figure = Plots.lines(lines, x = "step", y = "nats a character", first = 100.0, every = 100.0)
    println("wrote " + figure.titled("Transformer").save("transformer-loss.svg"))
}

// ---- Writing: draw a character from what the model expects, put it behind the text, and ask again.

fun write(start: String, length: Int, temperature: Double): String = noGrad {
    model.eval()
    var written = tensor(LongArray(start.length) { numberOf.getValue(start[it]) }).unsqueeze(0)
    repeat(length) {
        val seen = written[0 until 1, maxOf(0, written.size(1) - context)..end]
        val expected = (model(seen)[all, -1] / temperature).softmax(-1)
        written = Tensor.cat(listOf(written, Tensor.multinomial(expected, 1, false)), 1)
    }
    model.train()
    written[0].longArray().map { alphabet[it.toInt()] }.joinToString("")
}
println("\n" + write("Shall I compare thee", 500, temperature = 0.7))
