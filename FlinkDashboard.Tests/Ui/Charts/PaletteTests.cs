using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Ui.Charts;

/// <summary>Colours of charts: each stands out from its ground, and no two look alike, whatever the eye.</summary>
public partial class PaletteTests
{
    // Normal vision and the three kinds of colour blindness (Machado, Oliveira and Fernandes 2009, severity 1), on linear RGB.
    private static readonly double[][] Eyes =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Colours_StandOut_AndDifferForEveryEye(int theme)
    {
        var css = File.ReadAllText(Path.Combine(Repository.Root, "wwwroot/css/tokens.css"));
        var ground = Linear(Panel().Matches(css)[theme].Groups[1].Value);
        var colours = Line().Matches(css).Skip(theme * 8).Take(8).Select(match => Linear(match.Groups[1].Value)).ToList();
        Assert.Equal(8, colours.Count);
        Assert.All(colours, colour => Assert.InRange(Contrast(colour, ground), 3, 21));
        for (var i = 0; i < 8; i++)
            for (var j = 0; j < i; j++)
                Assert.All(Eyes, eye => Assert.InRange(Distance(Lab(Seen(eye, colours[i])), Lab(Seen(eye, colours[j]))), 0.07, 2));
    }

    private static double[] Linear(string hex) => [.. new[] { 1, 3, 5 }.Select(at => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

    private static double Luminance(double[] c) => (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);

    private static double Contrast(double[] a, double[] b) => (Math.Max(Luminance(a), Luminance(b)) + 0.05) / (Math.Min(Luminance(a), Luminance(b)) + 0.05);

    private static double[] Seen(double[] eye, double[] c) => [.. Enumerable.Range(0, 3).Select(row => Math.Clamp((eye[row * 3] * c[0]) + (eye[(row * 3) + 1] * c[1]) + (eye[(row * 3) + 2] * c[2]), 0, 1))];

    // OKLab: equal distances look equally far.
    private static double[] Lab(double[] c)
    {
        var l = Math.Cbrt((0.4122214708 * c[0]) + (0.5363325363 * c[1]) + (0.0514459929 * c[2]));
        var m = Math.Cbrt((0.2119034982 * c[0]) + (0.6806995451 * c[1]) + (0.1073969566 * c[2]));
        var s = Math.Cbrt((0.0883024619 * c[0]) + (0.2817188376 * c[1]) + (0.6299787005 * c[2]));
        return [(0.2104542553 * l) + (0.793617785 * m) - (0.0040720468 * s), (1.9779984951 * l) - (2.428592205 * m) + (0.4505937099 * s), (0.0259040371 * l) + (0.7827717662 * m) - (0.808675766 * s)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    [GeneratedRegex("--panel: (#[0-9a-f]{6})")]
    private static partial Regex Panel();

    [GeneratedRegex("--c[1-8]: (#[0-9a-f]{6})")]
    private static partial Regex Line();
}
