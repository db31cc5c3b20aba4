using System.Globalization;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

internal static class Quantity
{
    private static readonly Dictionary<string, decimal> Factors = new()
    {
        [""] = 1, ["n"] = 1e-9m, ["u"] = 1e-6m, ["m"] = 1e-3m, ["k"] = 1e3m, ["M"] = 1e6m, ["G"] = 1e9m, ["T"] = 1e12m, ["P"] = 1e15m, ["E"] = 1e18m,
        ["Ki"] = 1024m, ["Mi"] = 1048576m, ["Gi"] = 1073741824m, ["Ti"] = 1099511627776m,
    };

    public static decimal? Parse(string text)
    {
        var end = text.TakeWhile(c => !char.IsLetter(c) || c is 'e').Count();
        return Factors.TryGetValue(text[end..], out var factor) && decimal.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * factor : null;
    }
}
