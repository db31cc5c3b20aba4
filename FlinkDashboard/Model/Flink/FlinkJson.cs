using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary>
/// The parsers of Flink's REST answers. Flink spells its keys in three ways, each with its own generated context. Unknown fields are skipped, unknown
/// words kept, numbers may be missing, quoted or NaN.
/// </summary>
public static class FlinkJson
{
    /// <summary>The parser of a type.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Of(typeof(T));

    /// <summary>The parser of a type.</summary>
    /// <exception cref="NotSupportedException">No answer has that type.</exception>
    public static JsonTypeInfo Of(Type type) =>
        FlinkKebabJson.Default.GetTypeInfo(type) ?? FlinkSnakeJson.Default.GetTypeInfo(type) ?? FlinkCamelJson.Default.GetTypeInfo(type)
        ?? throw new NotSupportedException($"{type} is no REST answer.");

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of this shape.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Of<T>()) ?? throw new JsonException("null is no answer");
}

/// <summary>Keys such as <c>start-time</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    Converters = [typeof(PooledTextConverter), typeof(EpochConverter), typeof(MillisecondsConverter), typeof(LongNumberConverter), typeof(IntNumberConverter), typeof(RealNumberConverter), typeof(FlagConverter), typeof(StringMapConverter), typeof(ListConverterFactory), typeof(RestMapConverterFactory)])]
[JsonSerializable(typeof(FlinkOverview))]
[JsonSerializable(typeof(FlinkWebConfig))]
[JsonSerializable(typeof(JobIdList))]
[JsonSerializable(typeof(JobsOverview))]
[JsonSerializable(typeof(JobStatusAnswer))]
[JsonSerializable(typeof(JobDetails))]
[JsonSerializable(typeof(JobPlanAnswer))]
[JsonSerializable(typeof(JobConfig))]
[JsonSerializable(typeof(JobAccumulators))]
[JsonSerializable(typeof(ExecutionResultAnswer))]
[JsonSerializable(typeof(AsyncOperation))]
[JsonSerializable(typeof(VertexDetails))]
[JsonSerializable(typeof(SubtaskTimes))]
[JsonSerializable(typeof(VertexTaskManagers))]
[JsonSerializable(typeof(BackPressure))]
[JsonSerializable(typeof(VertexAccumulators))]
[JsonSerializable(typeof(AllSubtaskAccumulators))]
internal sealed partial class FlinkKebabJson : JsonSerializerContext;

/// <summary>Keys such as <c>state_size</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(PooledTextConverter), typeof(EpochConverter), typeof(MillisecondsConverter), typeof(LongNumberConverter), typeof(IntNumberConverter), typeof(RealNumberConverter), typeof(FlagConverter), typeof(StringMapConverter), typeof(ListConverterFactory), typeof(RestMapConverterFactory)])]
[JsonSerializable(typeof(CheckpointStatistics))]
[JsonSerializable(typeof(VertexCheckpoint))]
[JsonSerializable(typeof(CheckpointConfig))]
internal sealed partial class FlinkSnakeJson : JsonSerializerContext;

/// <summary>Keys such as <c>freeSlots</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(PooledTextConverter), typeof(EpochConverter), typeof(MillisecondsConverter), typeof(LongNumberConverter), typeof(IntNumberConverter), typeof(RealNumberConverter), typeof(FlagConverter), typeof(StringMapConverter), typeof(ListConverterFactory), typeof(RestMapConverterFactory)])]
[JsonSerializable(typeof(JobExceptions))]
[JsonSerializable(typeof(FlameGraph))]
[JsonSerializable(typeof(IReadOnlyList<MetricValue>))]
[JsonSerializable(typeof(IReadOnlyList<AggregatedMetric>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, VertexRequirement>))]
[JsonSerializable(typeof(LogUrl))]
[JsonSerializable(typeof(IReadOnlyList<ConfigEntry>))]
[JsonSerializable(typeof(FlinkEnvironment))]
[JsonSerializable(typeof(LogFiles))]
[JsonSerializable(typeof(ThreadDump))]
[JsonSerializable(typeof(ProfilingList))]
[JsonSerializable(typeof(FlinkErrors))]
[JsonSerializable(typeof(TaskManagerList))]
[JsonSerializable(typeof(TaskManagerDetails))]
internal sealed partial class FlinkCamelJson : JsonSerializerContext;
