-- The commands. What they do is loaded when the first is given.

local commands = {
  ZhubiFix = { '改正这篇文稿里可以放心改的错误', 'fix', {} },
  ZhubiOutline = { '把这篇文稿的大纲列进位置列表', 'outline', {} },
  ZhubiCheck = { '检查文件或文件夹，结果列进快速修复列表', 'check', { nargs = '*', complete = 'file' } },
}

for name, command in pairs(commands) do
  local description, run, options = unpack(command)
  options.desc = '朱笔：' .. description
  vim.api.nvim_create_user_command(name, function(arguments)
    require('zhubi')[run](arguments.fargs)
  end, options)
end
