// In a file that holds a whole handbook links lead to its parts, and the files of the index are behind this.
var canvasbook = {
  url: (path) => "#" + path.replace(/^\.\.\/(\.\/)?/, "").replace("#", ":"),
  get: async (name) => canvasbook[name],
};
