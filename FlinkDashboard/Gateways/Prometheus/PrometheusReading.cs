using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>Reads the envelope and what is in it, field by field: answers may be large.</summary>
internal static class PrometheusReading
{
    /// <summary>Reads <c>data</c>.</summary>
    public delegate T DataReader<T>(ref Utf8JsonReader reader);

    /// <summary>What an envelope holds.</summary>
    /// <param name="IsSuccess">Its <c>status</c> says so.</param>
    /// <param name="Content">What <c>data</c> held; default where there was none.</param>
    /// <param name="Warnings">Warnings.</param>
    /// <param name="Infos">Infos.</param>
    public sealed record Envelope<T>(bool IsSuccess, T? Content, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos);

    /// <summary>Reads an envelope.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Envelope<T> Read<T>(ReadOnlySpan<byte> json, DataReader<T> data)
    {
        var reader = new Utf8JsonReader(json);
        Begin(ref reader, JsonTokenType.StartObject);
        var success = false;
        T? content = default;
        IReadOnlyList<string> warnings = [], infos = [];
        while (Name(ref reader) is { } name)
        {
            switch (name)
            {
                case "status": success = reader.GetString() == "success"; break;
                case "data": content = data(ref reader); break;
                case "warnings": warnings = Texts(ref reader); break;
                case "infos": infos = Texts(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        while (reader.Read()) { } // throws when something follows
        return new(success, content, warnings, infos);
    }

    /// <summary>The value of a query.</summary>
    public static (QueryValueKind Kind, IReadOnlyList<MetricSeries> Series, string? Text, bool HasHistograms) Value(ref Utf8JsonReader reader)
    {
        var type = "";
        var (series, pair, histograms) = (new List<MetricSeries>(), ((long, string)?)null, false);
        Is(ref reader, JsonTokenType.StartObject);
        while (Name(ref reader) is { } name)
        {
            if (name == "resultType")
                type = reader.GetString();
            else if (name == "result")
                pair = Result(ref reader, series, ref histograms);
            else
                reader.Skip();
        }
        return (type, pair) switch
        {
            ("vector", null) => (QueryValueKind.Vector, series, null, histograms),
            ("matrix", null) => (QueryValueKind.Matrix, series, null, histograms),
            ("scalar", var (at, text)) => (QueryValueKind.Scalar, [new(new Dictionary<string, string>(), [new(at, Number(text))])], null, false),
            ("string", var (_, text)) => (QueryValueKind.Text, [], text, false),
            _ => throw new JsonException($"result type \"{type}\""),
        };
    }

    /// <summary>A list of texts.</summary>
    public static IReadOnlyList<string> Texts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        Is(ref reader, JsonTokenType.StartArray);
        var all = new List<string>();
        while (Next(ref reader) != JsonTokenType.EndArray)
            all.Add(reader.GetString() ?? "");
        return all;
    }

    /// <summary>A list of label sets.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> LabelSets(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        Is(ref reader, JsonTokenType.StartArray);
        var all = new List<IReadOnlyDictionary<string, string>>();
        while (Next(ref reader) != JsonTokenType.EndArray)
            all.Add(Labels(ref reader));
        return all;
    }

    /// <summary>Type, help and unit by metric; where targets disagree, what the first says.</summary>
    public static IReadOnlyDictionary<string, MetricMetadata> Metadata(ref Utf8JsonReader reader)
    {
        Is(ref reader, JsonTokenType.StartObject);
        var all = new Dictionary<string, MetricMetadata>(StringComparer.Ordinal);
        while (Name(ref reader) is { } name)
        {
            Is(ref reader, JsonTokenType.StartArray);
            while (Next(ref reader) != JsonTokenType.EndArray)
            {
                var fields = Labels(ref reader);
                all.TryAdd(name, new(fields.GetValueOrDefault("type", "unknown"), fields.GetValueOrDefault("help", ""), fields.GetValueOrDefault("unit", "")));
            }
        }
        return all;
    }

    /// <summary>An object's texts; what is no text is passed over.</summary>
    public static Dictionary<string, string> Labels(ref Utf8JsonReader reader)
    {
        Is(ref reader, JsonTokenType.StartObject);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Name(ref reader) is { } name)
        {
            if (reader.TokenType == JsonTokenType.String)
                labels[name] = reader.GetString()!;
            else
                reader.Skip();
        }
        return labels;
    }

    // Series, or the pair of a scalar or a text.
    private static (long, string)? Result(ref Utf8JsonReader reader, List<MetricSeries> series, ref bool histograms)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        Is(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                series.Add(Series(ref reader, ref histograms));
                continue;
            }
            var at = Moment(ref reader);
            var text = Next(ref reader) == JsonTokenType.String ? reader.GetString()! : throw new JsonException("a value is no text");
            return Next(ref reader) == JsonTokenType.EndArray ? (at, text) : throw new JsonException("a pair of three");
        }
        return null;
    }

    private static MetricSeries Series(ref Utf8JsonReader reader, ref bool histograms)
    {
        Is(ref reader, JsonTokenType.StartObject);
        IReadOnlyDictionary<string, string> labels = new Dictionary<string, string>();
        var points = new List<SamplePoint>();
        while (Name(ref reader) is { } name)
        {
            switch (name)
            {
                case "metric": labels = Labels(ref reader); break;
                case "value": points.Add(Point(ref reader)); break;
                case "values":
                    Is(ref reader, JsonTokenType.StartArray);
                    while (Next(ref reader) != JsonTokenType.EndArray)
                        points.Add(Point(ref reader));
                    break;
                default:
                    histograms |= name is "histogram" or "histograms";
                    reader.Skip();
                    break;
            }
        }
        return new(labels, points);
    }

    private static SamplePoint Point(ref Utf8JsonReader reader)
    {
        Is(ref reader, JsonTokenType.StartArray);
        Next(ref reader);
        var at = Moment(ref reader);
        if (Next(ref reader) != JsonTokenType.String)
            throw new JsonException("a value is no text");
        var value = reader.HasValueSequence || reader.ValueIsEscaped ? Number(reader.GetString()!) : Number(reader.ValueSpan);
        return Next(ref reader) == JsonTokenType.EndArray ? new(at, value) : throw new JsonException("a pair of three");
    }

    private static long Moment(ref Utf8JsonReader reader)
    {
        Is(ref reader, JsonTokenType.Number);
        var seconds = reader.GetDouble();
        return Math.Abs(seconds) < 1e14 ? (long)Math.Round(seconds * 1000) : throw new JsonException("no moment");
    }

    private static double Number(string text) => Number(System.Text.Encoding.UTF8.GetBytes(text));

    // .NET takes neither +Inf nor -Inf.
    private static double Number(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("NaN"u8) ? double.NaN
        : text.SequenceEqual("+Inf"u8) || text.SequenceEqual("Inf"u8) ? double.PositiveInfinity
        : text.SequenceEqual("-Inf"u8) ? double.NegativeInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new JsonException("a value is no number");

    private static string? Name(ref Utf8JsonReader reader)
    {
        if (Next(ref reader) == JsonTokenType.EndObject)
            return null;
        var name = reader.GetString()!;
        Next(ref reader);
        return name;
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("the answer breaks off");

    private static void Begin(ref Utf8JsonReader reader, JsonTokenType type)
    {
        Next(ref reader);
        Is(ref reader, type);
    }

    private static void Is(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
            throw new JsonException($"{reader.TokenType} where {type} belongs");
    }
}
