using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>Reads <c>--name value</c>, <c>--name=value</c> and bare <c>--flag</c>, as the jobs' own main methods do.</summary>
public sealed class ProgramArguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads them in order; what is no option is passed over.</summary>
    public ProgramArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
                continue;
            var name = arguments[i][2..];
            if (name.Split('=', 2) is [var key, var inline])
                _values[key] = inline;
            else if (i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                _values[name] = "true";
            else
                _values[name] = arguments[++i];
        }
    }

    /// <summary>The value, or null.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>The value as a whole number; the default when absent or no number.</summary>
    public long Number(string name, long otherwise) =>
        long.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>Given without a value, or as true.</summary>
    public bool Flag(string name) => Text(name) == "true";
}
