using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>One column of a table.</summary>
/// <param name="Name">Heading; kubectl prints it in capitals.</param>
/// <param name="Cell">Value for an object at a simulated time: a text, a number, a boolean or null.</param>
internal sealed record Column(string Name, Func<JsonElement, DateTimeOffset, object?> Cell)
{
    /// <summary>OpenAPI type of the cells.</summary>
    public string Type { get; init; } = "string";

    /// <summary>OpenAPI format; the name column has <c>name</c>.</summary>
    public string Format { get; init; } = "";

    /// <summary>Meaning of the column.</summary>
    public string Description { get; init; } = "";

    /// <summary>0 is always printed, more only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }

    /// <summary>The object's name.</summary>
    public static Column NameColumn { get; } = new("Name", (o, _) => Cells.Text(o, "metadata", "name")) { Format = "name", Description = "Name of the object." };

    /// <summary>Time since creation.</summary>
    public static Column Age { get; } = new("Age", (o, now) => Cells.Age(o, now)) { Description = "Time since the object was created." };

    /// <summary>A column of <c>-o wide</c>.</summary>
    public static Column Wide(string name, Func<JsonElement, object?> cell) => new(name, (o, _) => cell(o)) { Priority = 1 };

    /// <summary>A column of whole numbers.</summary>
    public static Column Integer(string name, Func<JsonElement, long> cell) => new(name, (o, _) => cell(o)) { Type = "integer" };
}
