namespace FlinkDashboard.Model.Manifests;

/// <summary>What somebody probably meant by a word that is not known.</summary>
internal static class Nearby
{
    /// <summary><c>; did you mean …?</c>, or nothing when no word is near.</summary>
    public static string Of(string word, IReadOnlyList<string> known)
    {
        var nearest = known.Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant()))).OrderBy(k => k.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, word.Length / 3) ? $"; did you mean {nearest.Word}?" : "";
    }

    // Edit distance; words longer than a field name ever is are not compared.
    private static int Distance(string a, string b)
    {
        if (a.Length > 60 || b.Length > 60)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }
        return row[^1];
    }
}
