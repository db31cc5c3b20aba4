using FlinkDashboard.Gateways;

namespace FlinkDashboard.Tests.Gateways;

/// <summary>Lines of texts that nobody vouches for.</summary>
public class BoundedLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb\n\nc", "a|b||c")]
    [InlineData("12345\n123456\n1234567890\nx", "12345|12345… (1 characters more)|12345… (5 characters more)|x")]
    public async Task Lines_AreCutWhereTheyAreTooLong(string text, string expected)
    {
        List<string> lines = [];
        var reader = new BoundedLines(new StringReader(text), 5);
        while (await reader.NextAsync(default) is { } line)
            lines.Add(line);
        Assert.Equal(expected, string.Join('|', lines));
        Assert.Equal((text.Length, false), (reader.Read, reader.IsCut));
    }

    [Fact]
    public async Task LineWithoutEnd_IsGivenUp_AndNotKept()
    {
        var endless = new Endless();
        var reader = new BoundedLines(endless, 100, 1_000_000);
        Assert.Null(await reader.NextAsync(default));
        Assert.True(reader.IsCut);
        Assert.InRange(endless.Given, 1_000_000, 1_050_000);
    }

    /// <summary>One letter for ever.</summary>
    private sealed class Endless : TextReader
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill('x');
            Given += buffer.Length;
            return new(buffer.Length);
        }
    }
}
