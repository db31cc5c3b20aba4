using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Columns of custom kinds: the name, then the additionalPrinterColumns of the definition, or the age when there are none.</summary>
internal static class CustomColumns
{
    /// <summary>The columns of a kind.</summary>
    public static IReadOnlyList<Column> Of(WorldObject definition)
    {
        using var document = JsonDocument.Parse(definition.Json);
        var version = Cells.Items(document.RootElement, "spec", "versions").FirstOrDefault(v => Cells.At(v, "served").ValueKind == JsonValueKind.True);
        var declared = Cells.Items(version, "additionalPrinterColumns").Select(Declared).ToList();
        return declared.Count > 0 ? [Column.NameColumn, .. declared] : [Column.NameColumn, Column.Age];
    }

    private static Column Declared(JsonElement column)
    {
        var path = JsonPath.Parse(Cells.Text(column, "jsonPath"));
        var type = Cells.Text(column, "type");
        return new Column(Cells.Text(column, "name"), (o, now) => Value(path, type, o, now))
        {
            Type = type,
            Format = Cells.Text(column, "format"),
            Description = Cells.Text(column, "description"),
            Priority = (int)Cells.Number(column, "priority"),
        };
    }

    // apiextensions-apiserver tableconvertor: the first match in its JSON type; dates become ages; no match is null.
    private static object? Value(JsonPath path, string type, JsonElement o, DateTimeOffset now)
    {
        var found = path.Find(o).FirstOrDefault();
        if (found.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        return (type, found.ValueKind) switch
        {
            ("date", _) => Cells.Since(Cells.Show(found), now),
            ("integer", JsonValueKind.Number) => found.TryGetInt64(out var n) ? n : null,
            ("number", JsonValueKind.Number) => found.GetDouble(),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => found.GetBoolean(),
            ("string", JsonValueKind.Object or JsonValueKind.Array) => found.GetRawText(),
            ("string", _) => Cells.Show(found),
            _ => null,
        };
    }
}
