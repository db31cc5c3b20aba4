using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Tests.App;

namespace FlinkDashboard.Tests.Telemetry;

/// <summary>What <c>/metrics</c> of a running app says at one moment.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> samples = [];

    private Scrape(string text)
    {
        Text = text;
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var match = Sample().Match(line);
            Assert.True(match.Success, line);
            samples.Add((match.Groups[1].Value, Label().Matches(match.Groups[2].Value).ToDictionary(l => l.Groups[1].Value, l => l.Groups[2].Value), double.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>As it came.</summary>
    public string Text { get; }

    /// <summary>Every name that has a type line, with that type.</summary>
    public IReadOnlyDictionary<string, string> Types => TypeLine().Matches(Text).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    /// <summary>Names of all labels.</summary>
    public IEnumerable<string> Labels => samples.SelectMany(s => s.Labels.Keys).Distinct();

    /// <summary>Values of a label.</summary>
    public IEnumerable<string> ValuesOf(string label) => samples.Where(s => s.Labels.ContainsKey(label)).Select(s => s.Labels[label]).Distinct();

    /// <summary>Asks the app.</summary>
    public static async Task<Scrape> OfAsync(DashboardApp app)
    {
        using var http = app.CreateClient();
        return await OfAsync(http);
    }

    /// <summary>Asks whoever this client speaks to.</summary>
    public static async Task<Scrape> OfAsync(HttpClient http) => new(await http.GetStringAsync("/metrics"));

    /// <summary>The sum of all samples with these labels; 0 when there is none.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels) =>
        samples.Where(s => s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Label) == l.Value)).Sum(s => s.Value);

    /// <summary>Whether there is a sample of this name.</summary>
    public bool Has(string name) => samples.Any(s => s.Name == name);

    [GeneratedRegex(@"^(\w+)(?:\{(.*)\})? (\S+)$")]
    private static partial Regex Sample();

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Label();

    [GeneratedRegex(@"^# TYPE (\w+) (\w+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
